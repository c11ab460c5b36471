-- The source sheet: the line beside the first paragraph that counts sources, and the sheet itself in a split.

local M = {}

local COMMAND = 'copydesk.sources'

-- The draft from which a sheet was made, by the sheet's buffer.
local drafts = {}

-- Goes from a line of the sheet that names a line of the draft to that line.
local function follow(sheet)
  local line = tonumber(vim.api.nvim_get_current_line():match('^%- line (%d+)'))
  local draft = drafts[sheet]
  if not line or not draft or not vim.api.nvim_buf_is_loaded(draft) then
    return
  end
  local window = vim.fn.bufwinid(draft)
  if window == -1 then
    vim.cmd.sbuffer(draft)
    window = vim.api.nvim_get_current_win()
  end
  vim.api.nvim_set_current_win(window)
  vim.api.nvim_win_set_cursor(window, { math.min(line, vim.api.nvim_buf_line_count(draft)), 0 })
end

local function open(draft, text)
  local name = 'copydesk://sources/' .. vim.fs.basename(vim.api.nvim_buf_get_name(draft))
  local sheet = vim.fn.bufnr('^' .. vim.fn.escape(name, '\\[]*?{},') .. '$')
  if sheet == -1 then
    sheet = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(sheet, name)
    vim.bo[sheet].filetype = 'markdown'
    vim.keymap.set('n', '<CR>', function() follow(sheet) end, { buffer = sheet, desc = 'Go to this line of the draft' })
    vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = sheet, desc = 'Close the source sheet' })
  end
  drafts[sheet] = draft
  vim.bo[sheet].modifiable = true
  vim.api.nvim_buf_set_lines(sheet, 0, -1, false, vim.split(vim.trim(text), '\n'))
  vim.bo[sheet].modifiable = false
  local window = vim.fn.bufwinid(sheet)
  if window == -1 then
    vim.cmd('sbuffer ' .. sheet)
    vim.wo.wrap = false
  else
    vim.api.nvim_set_current_win(window)
  end
end

-- Shows who speaks in a buffer.
---@param bufnr? integer 0 or nil for the current one
function M.show(bufnr)
  bufnr = (bufnr == nil or bufnr == 0) and vim.api.nvim_get_current_buf() or bufnr
  local client = vim.lsp.get_clients({ name = 'copydesk', bufnr = bufnr })[1]
  if not client then
    vim.notify('copydesk is not attached to this buffer', vim.log.levels.WARN)
    return
  end
  local order = { command = COMMAND, arguments = { vim.uri_from_bufnr(bufnr) } }
  client:request('workspace/executeCommand', order, function(problem, text)
    if type(text) == 'string' then
      open(bufnr, text)
    else
      vim.notify('copydesk: ' .. (problem and problem.message or 'this buffer is no draft'), vim.log.levels.WARN)
    end
  end, bufnr)
end

-- Keeps the line beside the first paragraph fresh.
---@param bufnr integer
function M.watch(bufnr)
  vim.lsp.commands[COMMAND] = function(_, context) M.show(context.bufnr) end
  if vim.g.copydesk_lens == false then
    return
  end
  local function refresh() vim.lsp.codelens.refresh({ bufnr = bufnr }) end
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'TextChanged' }, {
    group = vim.api.nvim_create_augroup('copydesk_lens_' .. bufnr, {}),
    buffer = bufnr,
    desc = 'How many sources copydesk counts',
    callback = refresh,
  })
  refresh()
end

---@param bufnr integer
function M.leave(bufnr)
  pcall(vim.api.nvim_del_augroup_by_name, 'copydesk_lens_' .. bufnr)
  vim.lsp.codelens.clear(nil, bufnr)
end

return M
