-- Why nothing at all is to be done about an overdue debt for now, where something stands in the way of every step.
-- shared
-- grain: document_id
-- document_id: the debt
-- barred_by: the first rule in the way; null = none
select
    d.document_id as document_id,
    case
        when o.held_on is not null then 'on hold'
        when d.debt_amount = 0 and d.disputed_amount > 0 then 'disputed'
        when d.debt_amount = 0 and d.promised_amount > 0 then 'promise running'
        when d.debt_amount = 0 then 'credit covers it'
        when d.debt_amount * d.reporting_rate < v.minimum_chase_amount then 'too small'
        when s.awaited_on is not null then 'answer awaited'
    end as barred_by
from debts as d
cross join conventions as v
left join standing_orders as o on o.document_id = d.document_id
left join steps_due as s on s.document_id = d.document_id
