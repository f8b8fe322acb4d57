-- Where each client may be sued, as far as its record or the policy says.
-- grain: client
-- client: key of the client
-- jurisdiction: country, or country and region where the law is regional, as the policy's figures name it; null = unknown
-- is_consumer: a private person; null = unknown
with said as (
    select
        c.client as client,
        c.is_consumer as is_consumer,
        lower(trim(coalesce(c.country, v.firm_country))) as country_name,
        lower(trim(case when c.country is null and c.region is null then v.firm_region else c.region end)) as region_name
    from clients as c
    cross join conventions as v
)

select
    s.client as client,
    max(p.jurisdiction) as jurisdiction,
    bool_or(s.is_consumer) as is_consumer
from said as s
left join places as p
    on p.country_name = s.country_name
    and (p.region_name is null or p.region_name = s.region_name)
group by s.client
