-- How many write-offs and refunds have a day that the file does not say.
select count(*) from staged_assumed_days
