-- The refused rows whose text is still in the file.
select row_number from staged_rejects where row_text is null
