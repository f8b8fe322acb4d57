-- The names that the books show under another, as the ledger knew it at the close of known_on.
-- grain: client
-- client: as an export writes it
-- known_as: the name that the books show
-- reason: spelling (case, blanks, width of letters), legal form (Ltd and Limited, in two programs), said (by the owner)
select
    a.client as client,
    a.known_as as known_as,
    a.reason as reason
from ledger.aliases as a
where a.loaded_by <= $known_load
    and (a.replaced_by is null or a.replaced_by > $known_load)
