-- How many rows name no currency.
select count(*) from text_rows where clean(currency) is null
