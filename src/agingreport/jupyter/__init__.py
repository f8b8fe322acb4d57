"""JupyterLab on the books: `agingreport explore`, and `%%sql` in its notebook."""
