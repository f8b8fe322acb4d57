-- How many rows a rule of the format leaves out.
select count(*) from typed_rows where is_skipped and refusal is null
