-- Gives the rows of a file that was read as it stands their numbers: they follow its header, in the first row.
update typed_rows
set source_row = rowid - (select min(rowid) from typed_rows) + 2
