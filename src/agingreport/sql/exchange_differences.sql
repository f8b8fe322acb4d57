-- What each settlement of a foreign debt gained or lost by the exchange rate, within the months of the trend.
-- Debt and credit are each worth what their own document date says; the difference was realised when one settled the
-- other. It is income or cost of its own and never a debt: nothing stays open for it.
-- formula: difference_amount = settled_amount * (credit_rate - debit_rate)
-- credits: each settlement by a payment, credit note or write-off realises a difference
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: IAS 21.28: differences on the settlement of monetary items
-- shared
-- guarded by missing_past_rates
-- grain: debit_id, credit_id, allocated_on
-- debit_id: document that is settled
-- credit_id: document that settles it
-- allocated_on: day of matching; null = unknown
-- client: client of the debit
-- currency: of both documents; never the reporting currency
-- credit_kind: kind of the credit
-- settled_on: day the settlement counts from
-- settled_amount: currency; > 0
-- debit_rate: units of the reporting currency for one of currency, on the day of the debit
-- credit_rate: the same on the day of the credit
-- reporting_currency: ISO 4217
-- difference_amount: reporting currency; settled_amount * (credit_rate - debit_rate); negative = loss
select
    s.debit_id as debit_id,
    s.credit_id as credit_id,
    s.allocated_on as allocated_on,
    s.client as client,
    s.currency as currency,
    s.credit_kind as credit_kind,
    s.settled_on as settled_on,
    s.settled_amount as settled_amount,
    f.rate as debit_rate,
    t.rate as credit_rate,
    f.reporting_currency as reporting_currency,
    cast(s.settled_amount * (t.rate - f.rate) as decimal(18, 4)) as difference_amount
from settlements as s
inner join debits as d on d.document_key = s.debit_key
inner join credits as c on c.document_key = s.credit_key
inner join conversion_rates as f on f.currency = s.currency and f.needed_on = d.document_date
inner join conversion_rates as t on t.currency = s.currency and t.needed_on = c.document_date
where s.currency <> f.reporting_currency
    and s.settled_on >= (select date_trunc('month', min(e.month_end)) from month_ends as e)
order by s.settled_on, s.debit_id, s.credit_id, s.allocated_on
