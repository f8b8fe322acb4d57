-- Leaves the staged allocations that were read the quick way as all others are.
alter table staged_allocations drop column is_plain
