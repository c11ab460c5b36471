-- What a buffer gets while copydesk is attached to it.

local sources = require('copydesk.sources')

local M = {}

-- How long the old server may take to end, in milliseconds. It answers within half a second unless it hangs.
local FAREWELL = 3000

---@param bufnr integer
function M.attach(bufnr)
  -- A buffer whose hints were switched by hand keeps them so over a restart of the server.
  local wanted = vim.b[bufnr].copydesk_hints
  if wanted == nil then
    wanted = vim.g.copydesk_hints ~= false
  end
  vim.lsp.inlay_hint.enable(wanted, { bufnr = bufnr })
  vim.api.nvim_buf_create_user_command(bufnr, 'CopydeskHints', function()
    M.toggle_hints(bufnr)
  end, { desc = 'Show or hide who speaks, in this buffer' })
  vim.api.nvim_buf_create_user_command(bufnr, 'CopydeskRestart', function()
    M.restart(bufnr)
  end, { desc = 'Restart the copydesk server' })
  vim.api.nvim_buf_create_user_command(bufnr, 'CopydeskSources', function()
    sources.show(bufnr)
  end, { desc = 'Show who speaks in this buffer' })
  sources.watch(bufnr)
end

---@param bufnr integer
function M.detach(bufnr)
  sources.leave(bufnr)
  for _, name in ipairs({ 'CopydeskHints', 'CopydeskRestart', 'CopydeskSources' }) do
    pcall(vim.api.nvim_buf_del_user_command, bufnr, name)
  end
end

-- Shows or hides the hints of a buffer.
---@param bufnr? integer 0 or nil for the current one
function M.toggle_hints(bufnr)
  bufnr = (bufnr == nil or bufnr == 0) and vim.api.nvim_get_current_buf() or bufnr
  local wanted = not vim.lsp.inlay_hint.is_enabled({ bufnr = bufnr })
  vim.b[bufnr].copydesk_hints = wanted
  vim.lsp.inlay_hint.enable(wanted, { bufnr = bufnr })
end

-- Whether a client waits for the colours of words. Neovim 0.11 stumbles over an answer without any that comes when it has
-- left the buffer.
---@param client vim.lsp.Client
local function asks_for_colours(client)
  for _, request in pairs(client.requests) do
    if request.method:find('semanticTokens', 1, true) then
      return true
    end
  end
  return false
end

-- Restarts the servers of a buffer; each comes back for all the buffers that it had.
---@param bufnr? integer 0 or nil for the current one
function M.restart(bufnr)
  local clients = vim.lsp.get_clients({ name = 'copydesk', bufnr = bufnr or 0 })
  if #clients == 0 then
    vim.notify('copydesk is not attached to this buffer', vim.log.levels.WARN)
  end
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_keys(client.attached_buffers)
    vim.wait(FAREWELL, function() return not asks_for_colours(client) end, 20)
    for _, buffer in ipairs(buffers) do
      -- Neovim would go on asking for hints, and show what a server that is shutting down answers as an error.
      vim.lsp.buf_detach_client(buffer, client.id)
    end
    client:stop()
    if not vim.wait(FAREWELL, function() return client:is_stopped() end, 20) then
      client:stop(true)
    end
    for _, buffer in ipairs(buffers) do
      if vim.api.nvim_buf_is_loaded(buffer) then
        vim.lsp.start(client.config, { bufnr = buffer })
      end
    end
  end
end

return M
