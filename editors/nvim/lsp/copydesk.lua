-- The language server, as `vim.lsp.enable('copydesk')` starts it.

---@type vim.lsp.Config
return {
  cmd = { 'copydesk', 'lsp' },
  filetypes = { 'text', 'markdown', 'html' },
  root_markers = { 'copydesk-desk.toml', 'copydesk.toml', '.git' },
  get_language_id = function(_, filetype)
    return filetype == 'text' and 'plaintext' or filetype
  end,
}
