-- Says of refused rows which document each would have been, where that much of it could be read.
update staged_rejects
set document_id = typed_rows.document_id
from typed_rows
where typed_rows.source_row = staged_rejects.row_number
    and typed_rows.refusal is not null
    and not typed_rows.is_unnumbered
