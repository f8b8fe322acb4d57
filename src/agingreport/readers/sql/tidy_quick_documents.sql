-- Leaves the staged documents that were read the quick way as all others are.
alter table staged_documents drop column is_plain;

alter table staged_documents drop column parent_client
