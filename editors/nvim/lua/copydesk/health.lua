-- `:checkhealth copydesk`

local M = {}

-- How long `copydesk --version` may take, in milliseconds.
local PATIENCE = 5000

local function check_neovim()
  local neovim = vim.version()
  local version = ('%d.%d.%d'):format(neovim.major, neovim.minor, neovim.patch)
  if vim.fn.has('nvim-0.11') == 1 then
    vim.health.ok('Neovim ' .. version)
    return true
  end
  vim.health.error('Neovim ' .. version .. ' is too old', 'Install Neovim 0.11 or later.')
  return false
end

local function check_binary()
  local config = vim.lsp.config.copydesk
  local cmd = config and config.cmd
  if type(cmd) ~= 'table' then
    vim.health.info('The server is started by a function of your own; its binary is not checked.')
    return
  end
  local path = vim.fn.exepath(cmd[1])
  if path == '' then
    vim.health.error('No executable `' .. cmd[1] .. '`', {
      'Install copydesk and put it on your PATH, or name the binary:',
      "vim.lsp.config('copydesk', { cmd = { '/path/to/copydesk', 'lsp' } })",
    })
    return
  end
  local started, run = pcall(function()
    return vim.system({ path, '--version' }, { text = true }):wait(PATIENCE)
  end)
  if started and run.code == 0 then
    vim.health.ok(vim.trim(run.stdout) .. ': ' .. path)
  else
    vim.health.error('`' .. path .. ' --version` fails', 'Reinstall copydesk.')
  end
end

local function check_server()
  if not vim.lsp.is_enabled('copydesk') then
    vim.health.warn('The server is not enabled', "Add vim.lsp.enable('copydesk') to your init.lua.")
  end
  local clients = vim.lsp.get_clients({ name = 'copydesk' })
  if #clients == 0 then
    vim.health.info('No server runs: none of the open buffers is a draft (text, markdown or html).')
  end
  for _, client in ipairs(clients) do
    local info = client.server_info or {}
    vim.health.ok(('Server %s serves %d buffer(s), columns in %s'):format(
      info.version or '(no version)',
      vim.tbl_count(client.attached_buffers),
      client.offset_encoding
    ))
  end
end

function M.check()
  vim.health.start('copydesk')
  if check_neovim() then
    check_binary()
    check_server()
  end
end

return M
