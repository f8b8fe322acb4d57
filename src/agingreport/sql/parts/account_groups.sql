-- The risk group of each account whose client the policy puts into one.
-- grain: account_key
-- account_key: as in accounts
-- risk_group: from the policy
select
    a.account_key as account_key,
    g.risk_group as risk_group
from accounts as a
inner join risk_groups as g on g.client = a.client
