"""What the owner and the accountant read: a notebook run strictly, its blocks as HTML and SVG, lists as workbooks.

`make` writes a report: it runs its notebook (`notebook_runner`, in a `kernel` of ours) and turns that into one page
(`notebook_html`). Each cell hands the rows of the models it names to a block of `monthly`, `debts`, `accountant`,
`proof`, `bad_debt` or `charts`, which writes them by `wording`, `present` and `markup`.
"""
