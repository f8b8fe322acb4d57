-- Gives refused rows their text.
update staged_rejects
set row_text = found.row_text
from (select unnest($numbers) as row_number, unnest($texts) as row_text) as found
where staged_rejects.row_number = found.row_number
    and staged_rejects.row_text is null
