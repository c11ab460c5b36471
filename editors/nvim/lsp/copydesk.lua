-- The language server, as `vim.lsp.enable('copydesk')` starts it.

local markers = { 'copydesk-desk.toml', 'copydesk.toml', '.git' }

---@type vim.lsp.Config
return {
  cmd = { 'copydesk', 'lsp' },
  filetypes = { 'text', 'markdown', 'html', 'toml' },
  root_dir = function(buffer, start)
    -- Of all TOML only the desk list: the server adds names to it behind what is typed there and not yet saved.
    local name = vim.fs.basename(vim.api.nvim_buf_get_name(buffer))
    if vim.bo[buffer].filetype ~= 'toml' or name == 'copydesk-desk.toml' then
      start(vim.fs.root(buffer, markers))
    end
  end,
  get_language_id = function(_, filetype)
    return filetype == 'text' and 'plaintext' or filetype
  end,
}
