-- How many rows DuckDB could not cut, or found nothing in: any, and the file is read row by row instead.
select
    (select count(*) from csv_rejects)
    + (
        select count(*)
        from (select coalesce(*columns(* exclude (source_row))) as first_cell from text_rows)
        where clean(first_cell) is null
    ) as misfit_count
