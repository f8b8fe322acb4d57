-- How many rows are refused.
select count(*) from staged_rejects
