-- Gives the rows of a file that was read as it stands their numbers: they follow its header, in the first row.
update staged_allocations
set source_row = rowid - (select min(rowid) from staged_allocations) + 2
