"""What the owner and the accountant read: a notebook run strictly, its blocks as HTML and SVG, lists as workbooks.

`make` writes a report: it runs the notebook of that name (`notebook_runner`) and turns it into one page
(`notebook_html`). A cell of it calls a block in `monthly`, `accountant`, `debts`, `proof`, `bad_debt` or `charts`,
which takes rows of the models it names and writes them by `wording`, `present` and `markup`.
"""
