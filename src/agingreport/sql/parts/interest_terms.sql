-- Which rule on late payment counts for each client, and why none does.
-- What the policy says was agreed with the client comes first; then the firm's own terms where the records do not say
-- that the client never agreed; then the rule that the policy names; then the law of the country, which must be one:
-- firm and client in the same, or the policy says whose. A client without a country is taken to be in the firm's.
-- A consumer is under the country's rule for consumers, and outside these rules where none is kept.
-- Terms bind from the day they were agreed: where that is on record, what was issued before it stands in a row of its own.
-- shared
-- grain: client, dated_from
-- terms_number: number of the row; for joins, it tells nothing
-- client: key of the client
-- dated_from: for documents issued on that day or later; null = from the beginning
-- dated_before: for documents issued before that day; null = no end
-- is_consumer: a private person; null = unknown, and taken for a business
-- has_signed_terms: signed terms or a contract with the client are on file; null = unknown
-- scheme: the rule by its key in the policy, or contract with its words; null = none
-- contract_cap_rate: 0 to 1; the highest yearly rate that may be agreed where the client sits; null = none is known
-- reason: why nothing can be worked out under it; null = it can
with papers as (
    select
        g.client as client,
        bool_or(g.is_on_file) as has_signed_terms,
        case when count(*) filter (where g.is_on_file) = count(g.agreed_on) filter (where g.is_on_file)
            then min(g.agreed_on) filter (where g.is_on_file)
        end as agreed_on
    from agreements as g
    where g.kind in ('signed_terms', 'contract')
        and g.document_id is null
        and (g.agreed_on is null or g.agreed_on <= $as_of)
    group by g.client
),

spans as (
    select
        p.client as client,
        p.has_signed_terms as has_signed_terms,
        p.has_signed_terms as has_agreed,
        p.agreed_on as dated_from,
        cast(null as date) as dated_before
    from papers as p
    union all
    select p.client, p.has_signed_terms, false, null, p.agreed_on
    from papers as p
    where p.agreed_on is not null
),

own_terms as (
    select s.scheme as scheme
    from interest_schemes as s
    where s.scheme = 'contract'
),

placed as (
    select
        c.client as client,
        c.is_consumer as is_consumer,
        p.has_signed_terms as has_signed_terms,
        p.dated_from as dated_from,
        p.dated_before as dated_before,
        f.country as firm_country,
        case when c.is_consumer then coalesce(f.consumer_scheme, f.scheme) else f.scheme end as firm_scheme,
        coalesce(l.country, upper(trim(c.country)), f.country) as client_country,
        case
            when c.country is null and c.is_consumer then coalesce(f.consumer_scheme, f.scheme)
            when c.country is null then f.scheme
            when c.is_consumer then coalesce(l.consumer_scheme, l.scheme)
            else l.scheme
        end as client_scheme,
        v.late_interest_law as law,
        v.late_interest_scheme as named_scheme,
        coalesce(k.scheme, t.scheme) as contract_scheme
    from clients as c
    cross join conventions as v
    left join spans as p on p.client = c.client
    left join interest_places as f on f.country_name = lower(trim(v.firm_country))
    left join interest_places as l on l.country_name = lower(trim(c.country))
    left join own_terms as t on p.has_agreed is null or p.has_agreed
    left join interest_contracts as k on k.client = c.client
),

chosen as (
    select
        p.client as client,
        p.is_consumer as is_consumer,
        p.has_signed_terms as has_signed_terms,
        p.dated_from as dated_from,
        p.dated_before as dated_before,
        p.client_country as client_country,
        p.client_scheme as client_scheme,
        p.firm_country as firm_country,
        p.law as law,
        p.contract_scheme is null and p.named_scheme is null and p.law is null
            and coalesce(p.client_country <> p.firm_country, true) as is_law_unknown,
        case
            when p.contract_scheme is not null then p.contract_scheme
            when p.named_scheme is not null then p.named_scheme
            when p.law = 'firm' then p.firm_scheme
            when p.law = 'client' then p.client_scheme
            when p.client_country = p.firm_country then p.firm_scheme
        end as scheme
    from placed as p
)

select
    row_number() over (order by c.client, c.dated_from) as terms_number,
    c.client as client,
    c.dated_from as dated_from,
    c.dated_before as dated_before,
    c.is_consumer as is_consumer,
    c.has_signed_terms as has_signed_terms,
    c.scheme as scheme,
    a.contract_cap_rate as contract_cap_rate,
    case
        when c.is_consumer and not coalesce(s.is_for_consumers, false) then 'a consumer: these rules are for business debts'
        when c.is_law_unknown and c.firm_country is null
            then 'unknown country of the firm: give firm.country in the policy'
        when c.is_law_unknown
            then concat('unknown law: the firm is in ', c.firm_country, ', the client in ', c.client_country, '; give late_interest.law in the policy')
        when c.scheme is null
            then concat('no rule is kept for ', case when c.law = 'client' then c.client_country else coalesce(c.firm_country, 'the country of the firm') end)
        when s.is_for_consumers and not coalesce(c.is_consumer, false) then 'a business: this rule is for consumers'
        when s.is_contract and s.base_rate > a.contract_cap_rate
            then concat('the agreed rate is above what the law of ', c.client_country, ' allows')
        else s.barred_by
    end as reason
from chosen as c
left join interest_schemes as s on s.scheme = c.scheme
left join interest_schemes as a on a.scheme = c.client_scheme
order by c.client, c.dated_from
