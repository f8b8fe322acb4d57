-- The group each client belongs to: the topmost parent that its chain of parents leads to, or the client itself.
-- A chain is followed up to eight steps, by doubling; a circle of parents ends within itself.
-- kept
-- grain: client
-- client: key of the client
-- group_client: key of the topmost parent; the client itself where it has none
-- group_name: of the topmost parent, for people; its key where no other name is known
with one_up as (
    select
        c.client as client,
        coalesce(c.parent_client, c.client) as parent_client
    from clients as c
),

two_up as (
    select
        c.client as client,
        coalesce(p.parent_client, c.parent_client) as parent_client
    from one_up as c
    left join one_up as p on p.client = c.parent_client
),

four_up as (
    select
        c.client as client,
        coalesce(p.parent_client, c.parent_client) as parent_client
    from two_up as c
    left join two_up as p on p.client = c.parent_client
),

eight_up as (
    select
        c.client as client,
        coalesce(p.parent_client, c.parent_client) as parent_client
    from four_up as c
    left join four_up as p on p.client = c.parent_client
)

select
    u.client as client,
    u.parent_client as group_client,
    coalesce(c.name, u.parent_client) as group_name
from eight_up as u
left join clients as c on c.client = u.parent_client
order by u.client
