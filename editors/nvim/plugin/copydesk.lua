-- Sets up a buffer when copydesk attaches to it, and tidies up when it leaves.

if vim.g.loaded_copydesk then
  return
end
vim.g.loaded_copydesk = true

local group = vim.api.nvim_create_augroup('copydesk', {})

-- What words are, in the colours of the theme unless it has its own.
local links = {
  quote = 'String',
  speaker = 'Function',
  cue = 'Statement',
  person = 'Identifier',
  organisation = 'Type',
  place = 'Constant',
  role = 'Special',
}
for kind, group in pairs(links) do
  vim.api.nvim_set_hl(0, '@lsp.type.' .. kind, { link = group, default = true })
end

local function is_ours(event)
  local client = vim.lsp.get_client_by_id(event.data.client_id)
  return client ~= nil and client.name == 'copydesk'
end

vim.api.nvim_create_autocmd('LspAttach', {
  group = group,
  desc = 'Hints and commands of copydesk',
  callback = function(event)
    if is_ours(event) then
      require('copydesk').attach(event.buf)
    end
  end,
})

vim.api.nvim_create_autocmd('LspDetach', {
  group = group,
  desc = 'Hints and commands of copydesk',
  callback = function(event)
    if is_ours(event) then
      require('copydesk').detach(event.buf)
    end
  end,
})
