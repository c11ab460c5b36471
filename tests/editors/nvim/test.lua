-- copydesk in a real Neovim: a draft is opened as a person opens it, and what Neovim then knows is checked.
-- Run by tests/editors/nvim/run, from the repository's root. Nothing is slept for: each check waits for its condition.

-- How long anything that must come is waited for, in milliseconds.
local PATIENCE = 20000

-- The code of the error for a request whose analysis is late.
local CONTENT_MODIFIED = -32801

-- Columns in the table of expected findings count UTF-16 units, those of Neovim bytes.
local DRAFT = 'tests/drafts/tehran-summit.txt'
local FINDINGS = 'tests/drafts/tehran-summit.findings.tsv'

local encoding = assert(vim.env.COPYDESK_TEST_ENCODING, 'COPYDESK_TEST_ENCODING is not set')

local function wait(what, condition)
  if not vim.wait(PATIENCE, condition, 20) then
    error('waited in vain for ' .. (type(what) == 'function' and what() or what), 2)
  end
end

local function same(actual, expected)
  if not vim.deep_equal(actual, expected) then
    error('\n--- expected\n' .. vim.inspect(expected) .. '\n--- actual\n' .. vim.inspect(actual), 2)
  end
end

local function lines(path)
  local found = {}
  for line in io.lines(path) do
    table.insert(found, line)
  end
  return found
end

local function write(path, text)
  local file = assert(io.open(path, 'w'))
  file:write(text)
  file:close()
end

local function client(bufnr)
  return vim.lsp.get_clients({ name = 'copydesk', bufnr = bufnr })[1]
end

-- Opens a file as it is on disk, whatever the test before has typed into it.
local function edit(path)
  vim.cmd('silent! %bwipeout!')
  vim.cmd.edit(path)
  local bufnr = vim.api.nvim_get_current_buf()
  wait('the server to attach to ' .. path, function()
    return client(bufnr) ~= nil and client(bufnr).initialized
  end)
  return bufnr
end

-- A finding as one line: rule, severity, place with byte columns, message.
local function described(rule, severity, l0, c0, l1, c1, message)
  return ('%s %s %d:%d-%d:%d %s'):format(rule, severity:lower(), l0, c0, l1, c1, message)
end

local SEVERITIES = {}
for _, name in ipairs({ 'ERROR', 'WARN', 'INFO', 'HINT' }) do
  SEVERITIES[vim.diagnostic.severity[name]] = ({ WARN = 'warning', INFO = 'information' })[name] or name
end

local function found(bufnr)
  local all = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(bufnr)) do
    same(diagnostic.source, 'copydesk')
    table.insert(all, described(
      diagnostic.code, SEVERITIES[diagnostic.severity],
      diagnostic.lnum, diagnostic.col, diagnostic.end_lnum, diagnostic.end_col,
      diagnostic.message
    ))
  end
  table.sort(all)
  return all
end

local function finding(bufnr, rule)
  for _, diagnostic in ipairs(vim.diagnostic.get(bufnr)) do
    if diagnostic.code == rule then
      return diagnostic
    end
  end
end

local function known_rules()
  local known = {}
  for line in vim.system({ 'copydesk', 'rules' }, { text = true }):wait().stdout:gmatch('[^\n]+') do
    known[line:match('^%S+')] = true
  end
  return known
end

-- The findings that the table lists for the rules that exist.
local function expected_findings()
  local draft, known, expected = lines(DRAFT), known_rules(), {}
  for number, row in ipairs(lines(FINDINGS)) do
    local rule, level, l0, c0, l1, c1, _, message = unpack(vim.split(row, '\t'))
    if number > 1 and known[rule] then
      local function byte(line, column)
        return vim.str_byteindex(draft[line + 1], 'utf-16', tonumber(column))
      end
      l0, l1 = tonumber(l0), tonumber(l1)
      table.insert(expected, described(rule, level, l0, byte(l0, c0), l1, byte(l1, c1), message))
    end
  end
  table.sort(expected)
  return expected
end

local function wait_for_findings(bufnr, expected)
  wait(function()
    return 'findings\n--- expected\n' .. table.concat(expected, '\n')
      .. '\n--- actual\n' .. table.concat(found(bufnr), '\n')
  end, function()
    return vim.deep_equal(found(bufnr), expected)
  end)
end

-- The hints of a buffer, as "line:byte label".
local function hints(bufnr)
  local all = {}
  for _, hint in ipairs(vim.lsp.inlay_hint.get({ bufnr = bufnr })) do
    local position = hint.inlay_hint.position
    local label = hint.inlay_hint.label
    if type(label) == 'table' then
      label = table.concat(vim.tbl_map(function(part) return part.value end, label))
    end
    table.insert(all, ('%d:%d %s'):format(position.line, position.character, label))
  end
  table.sort(all)
  return all
end

-- "line:byte label" of a hint that stands after the nth occurrence of some words.
local function hint_after(draft, line, words, label, nth)
  local _, at = 0, 0
  for _ = 1, nth or 1 do
    _, at = assert(draft[line]:find(words, at + 1, true))
  end
  return ('%d:%d %s'):format(line - 1, at, label)
end

local function expected_hints()
  local draft = lines(DRAFT)
  local expected = {
    hint_after(draft, 7, '”', '‹Putin? from line 5›'),
    hint_after(draft, 11, 'region,” he', '‹Raisi›'),
    hint_after(draft, 15, '“hundreds”', '‹unnamed: White House officials›'),
    hint_after(draft, 29, 'forward,” he', '‹Putin›'),
    hint_after(draft, 55, 'issue,” he', '‹Khamenei›'),
    hint_after(draft, 61, 'countries,” he', '‹Raisi›'),
  }
  table.sort(expected)
  return expected
end

-- What a hover over the first occurrence of some words says.
local function hover(bufnr, line, words)
  local text = vim.api.nvim_buf_get_lines(bufnr, line - 1, line, true)[1]
  local byte = assert(text:find(words, 1, true)) - 1
  vim.api.nvim_win_set_cursor(0, { line, byte })
  local params = vim.lsp.util.make_position_params(0, client(bufnr).offset_encoding)
  local answer
  wait('a hover', function()
    answer = assert(client(bufnr):request_sync('textDocument/hover', params, PATIENCE, bufnr))
    -- On a busy machine an analysis may be late, which the protocol tells as this error.
    return not (answer.err and answer.err.code == CONTENT_MODIFIED)
  end)
  assert(not answer.err, vim.inspect(answer.err))
  return assert(answer.result, 'nothing is known of ' .. words).contents.value
end

local function assert_says(text, words)
  assert(text:find(words, 1, true), ('“%s” is not in:\n%s'):format(words, text))
end

local tests = {}
local function test(name, body)
  table.insert(tests, { name = name, body = body })
end

test('the server attaches to a text buffer, and the buffer gets its commands', function()
  local bufnr = edit(DRAFT)
  same(client(bufnr).offset_encoding, encoding)
  same(client(bufnr).server_info.name, 'copydesk')
  local commands = vim.api.nvim_buf_get_commands(bufnr, {})
  for _, name in ipairs({ 'CopydeskHints', 'CopydeskRestart', 'CopydeskSources' }) do
    assert(commands[name], name .. ' is missing')
  end
end)

test('the findings are exact, in bytes', function()
  local expected = expected_findings()
  assert(#expected > 0, 'no finding to expect')
  wait_for_findings(edit(DRAFT), expected)
end)

test('hints name the speakers that sentences leave out', function()
  local bufnr, expected = edit(DRAFT), expected_hints()
  wait(function()
    return 'hints\n' .. vim.inspect(expected) .. '\n--- actual\n' .. vim.inspect(hints(bufnr))
  end, function()
    return vim.deep_equal(hints(bufnr), expected)
  end)
  vim.cmd.CopydeskHints()
  assert(not vim.lsp.inlay_hint.is_enabled({ bufnr = bufnr }), 'hints stay on')
  vim.cmd.CopydeskHints()
  assert(vim.lsp.inlay_hint.is_enabled({ bufnr = bufnr }), 'hints stay off')
end)

test('the source sheet opens from its line above the story, and leads back into the draft', function()
  local bufnr = edit(DRAFT)
  local function lens()
    return vim.lsp.codelens.get(bufnr)[1]
  end
  wait('the count of sources', function()
    return lens() ~= nil
  end)
  assert_says(lens().command.title, '6 named, 1 unnamed')
  vim.api.nvim_win_set_cursor(0, { lens().range.start.line + 1, 0 })
  vim.lsp.codelens.run()
  wait('the sheet', function()
    return vim.api.nvim_buf_get_name(0):find('copydesk://sources/', 1, true) ~= nil
  end)
  local sheet = vim.api.nvim_get_current_buf()
  assert_says(vim.api.nvim_buf_get_lines(sheet, 2, 3, false)[1], lens().command.title)
  assert(vim.fn.search('^- line 17,', 'w') > 0, 'Kirby speaks in line 17')
  vim.api.nvim_feedkeys(vim.keycode('<CR>'), 'x', false)
  same(vim.api.nvim_get_current_buf(), bufnr)
  same(vim.api.nvim_win_get_cursor(0)[1], 17)
  vim.cmd.CopydeskSources()
  wait('the same sheet again', function()
    return vim.api.nvim_get_current_buf() == sheet
  end)
  vim.cmd.close()
end)

test('hover knows a name, a quote and a reporting verb', function()
  local bufnr = edit(DRAFT)
  local name = hover(bufnr, 39, 'Erdogan said')
  assert_says(name, 'Recep Tayyip Erdogan')
  assert_says(name, 'Turkish President')
  assert_says(hover(bufnr, 61, '“We believe'), 'Raisi')
  assert_says(hover(bufnr, 53, 'warned'), 'warn')
end)

test('a pronoun leads to the first mention of the one whom it means, and to all of them', function()
  local bufnr = edit(DRAFT)
  local draft = lines(DRAFT)
  local function cursor_to(line, words)
    vim.api.nvim_win_set_cursor(0, { line, assert(draft[line]:find(words, 1, true)) - 1 })
  end
  cursor_to(11, 'he said')
  vim.lsp.buf.definition()
  local first = assert(draft[3]:find('Ebrahim Raisi', 1, true)) - 1
  wait('the cursor to move to the first mention', function()
    return vim.deep_equal(vim.api.nvim_win_get_cursor(0), { 3, first })
  end)
  cursor_to(11, 'he said')
  local found
  vim.lsp.buf.references(nil, {
    on_list = function(list)
      found = vim.tbl_map(function(item)
        return item.lnum
      end, list.items)
    end,
  })
  wait('the mentions', function()
    return found ~= nil
  end)
  table.sort(found)
  assert(#found > 3 and found[1] == 3 and vim.tbl_contains(found, 11), vim.inspect(found))
  -- What `vim.lsp.buf.document_highlight()` asks for.
  local params = vim.lsp.util.make_position_params(0, client(bufnr).offset_encoding)
  local marks = client(bufnr):request_sync('textDocument/documentHighlight', params, PATIENCE, bufnr)
  same(#assert(marks).result, #found)
end)

test('words are coloured by what they are', function()
  local bufnr = edit(DRAFT)
  local text = vim.api.nvim_buf_get_lines(bufnr, 38, 39, true)[1]
  local byte = assert(text:find('Erdogan', 1, true)) - 1
  local found
  wait('the colours', function()
    found = vim.lsp.semantic_tokens.get_at_pos(bufnr, 38, byte)
    return found and #found > 0
  end)
  same(#found, 1)
  assert(found[1].type == 'person' or found[1].type == 'speaker', found[1].type)
  same(vim.api.nvim_get_hl(0, { name = '@lsp.type.quote' }).link, 'String')
end)

test('a new name is written in all its forms, and quotes keep their words', function()
  local path = vim.fn.tempname() .. '.txt'
  write(path, 'Mayor Ann Meyer left. “Meyer is late,” Tom Reyes said. Meyer’s car stood there.\n')
  local bufnr = edit(path)
  vim.api.nvim_win_set_cursor(0, { 1, 8 })
  vim.lsp.buf.rename('Anna Meier')
  local expected = 'Mayor Anna Meier left. “Meyer is late,” Tom Reyes said. Meier’s car stood there.'
  wait('the new name', function()
    return vim.api.nvim_buf_get_lines(bufnr, 0, 1, true)[1] == expected
  end)
end)

test('a quote that runs over paragraphs folds', function()
  local path = vim.fn.tempname() .. '.txt'
  write(path, 'Ann Meyer said: “We won.\n\n“It was late.”\n\nShe left.\n')
  edit(path)
  vim.wo.foldmethod = 'expr'
  vim.wo.foldexpr = 'v:lua.vim.lsp.foldexpr()'
  wait('the fold', function()
    return vim.fn.foldlevel(3) == 1
  end)
  same({ vim.fn.foldlevel(1), vim.fn.foldlevel(5) }, { 1, 0 })
  vim.wo.foldmethod = 'manual'
  vim.wo.foldexpr = '0'
end)

test('hover knows the desk list of the folder, and a name can be added to it', function()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder)
  local list, path = folder .. '/copydesk-desk.toml', folder .. '/pier.txt'
  write(list, '[[person]]\nname = "Ruth Okafor"\ndescription = "head of the port"\nas-of = 2026-11-02\n')
  write(path, 'Mayor Tom Reyes met Ruth Okafor.\n\n“It is rotten,” Okafor said. “It is not,” said Reyes.\n')
  local bufnr = edit(path)
  same(client(bufnr).root_dir, vim.fn.resolve(folder))
  assert_says(hover(bufnr, 3, 'Okafor'), 'Known: head of the port (copydesk-desk.toml, as of 2026-11-02)')
  assert_says(hover(bufnr, 3, 'Reyes'), 'Not in the knowledge base')
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title == 'Add Tom Reyes to the desk list'
    end,
  })
  local added = vim.uri_to_bufnr(vim.uri_from_fname(list))
  wait('the entry', function()
    return vim.tbl_contains(vim.api.nvim_buf_get_lines(added, 0, -1, false), 'name = "Tom Reyes"')
  end)
  vim.api.nvim_buf_call(added, function()
    vim.cmd('silent write')
  end)
  wait('the entry to be known', function()
    return hover(bufnr, 3, 'Reyes'):find('Known: person (copydesk-desk.toml)', 1, true)
  end)
end)

test('a desk list that is not there is made', function()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder .. '/.git', 'p')
  write(folder .. '/pier.txt', '“It is not,” said Tom Reyes.\n')
  local bufnr = edit(folder .. '/pier.txt')
  hover(bufnr, 1, 'Reyes')
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title == 'Add Tom Reyes to the desk list'
    end,
  })
  wait('the list', function()
    local added = vim.fn.bufnr(folder .. '/copydesk-desk.toml')
    local text = added > 0 and vim.api.nvim_buf_get_lines(added, 0, 2, false) or {}
    return vim.deep_equal(text, { '[[person]]', 'name = "Tom Reyes"' })
  end)
end)

test('a name is added behind what is typed into the open desk list and not saved', function()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder)
  local list = folder .. '/copydesk-desk.toml'
  write(list, '# Ours.\n')
  write(folder .. '/copydesk.toml', '')
  write(folder .. '/pier.txt', '“It is not,” said Tom Reyes.\n')
  local bufnr = edit(folder .. '/pier.txt')
  vim.cmd.split(folder .. '/copydesk.toml')
  vim.cmd.edit(list)
  local open = vim.api.nvim_get_current_buf()
  wait('the server to attach to the list', function()
    return client(open) ~= nil
  end)
  same(client(vim.fn.bufnr(folder .. '/copydesk.toml')), nil)
  vim.api.nvim_buf_set_lines(open, -1, -1, false, { '# Not saved.' })
  vim.cmd.wincmd('p')
  hover(bufnr, 1, 'Reyes')
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title == 'Add Tom Reyes to the desk list'
    end,
  })
  wait('the entry', function()
    local text = vim.api.nvim_buf_get_lines(open, 0, 5, false)
    return vim.deep_equal(text, { '# Ours.', '# Not saved.', '', '[[person]]', 'name = "Tom Reyes"' })
  end)
end)

test('what is decided by code actions holds: a corrected speaker, and a finding that is let stand', function()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, 'p')
  local copy = 'Ruth Okafor met Dan Meyer.\n\n“It is rotten,” he said.\n\nThe council met.\n\n“Nobody asked us.”\n'
  write(folder .. '/pier.txt', copy)
  local bufnr = edit(folder .. '/pier.txt')
  local function decide(title)
    vim.lsp.buf.code_action({
      apply = true,
      filter = function(action)
        return action.title == title
      end,
    })
  end
  assert_says(hover(bufnr, 3, 'rotten'), 'Speaker: **Dan Meyer**')
  decide('This is not Dan Meyer: Ruth Okafor')
  wait('the correction', function()
    return hover(bufnr, 3, 'rotten'):find('corrected by hand', 1, true) ~= nil
  end)
  wait('the finding', function()
    return finding(bufnr, 'orphan-quote') ~= nil
  end)
  vim.api.nvim_win_set_cursor(0, { 7, 5 })
  decide('Stet: leave orphan-quote off in this story')
  wait('the finding to go', function()
    return finding(bufnr, 'orphan-quote') == nil
  end)
  same(#lines(folder .. '/.copydesk/pier.txt.jsonl'), 2)
end)

test('a quick fix mends its finding and no other', function()
  local bufnr = edit(DRAFT)
  local expected = expected_findings()
  wait_for_findings(bufnr, expected)
  local broken = finding(bufnr, 'broken-attribution')
  vim.api.nvim_win_set_cursor(0, { broken.lnum + 1, broken.col })
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.isPreferred and action.diagnostics[1].code == 'broken-attribution'
    end,
  })
  wait_for_findings(bufnr, vim.tbl_filter(function(line)
    return not vim.startswith(line, 'broken-attribution ')
  end, expected))
  local line = vim.api.nvim_buf_get_lines(bufnr, broken.lnum, broken.lnum + 1, true)[1]
  assert(vim.endswith(line, 'told CNN last week.'), line)
end)

test('an emoji in front of a finding moves it by the emoji’s bytes', function()
  local bufnr = edit(DRAFT)
  wait_for_findings(bufnr, expected_findings())
  local before = finding(bufnr, 'broken-attribution')
  local emoji = '🎣'
  vim.api.nvim_buf_set_text(bufnr, before.lnum, 0, before.lnum, 0, { emoji .. ' ' })
  local function moved()
    local now = finding(bufnr, 'broken-attribution')
    return now and now.col == before.col + #emoji + 1 and now.end_col == before.end_col + #emoji + 1
  end
  wait(function()
    return ('the finding at byte %d; it is %s'):format(
      before.col + #emoji + 1, vim.inspect(finding(bufnr, 'broken-attribution')))
  end, moved)
  local now = finding(bufnr, 'broken-attribution')
  same(vim.api.nvim_buf_get_text(bufnr, now.lnum, now.col, now.end_lnum, now.end_col, {}),
    { 'told CNN. last week' })
end)

test('in Markdown only prose is read', function()
  local path = vim.fn.tempname() .. '.md'
  write(path, table.concat({
    '---', 'title: “A quote that is never closed', '---', '',
    '# The pier', '',
    'The council voted Monday to *close* the pier.', '',
    '“It is **over**.” said [Ruth Okafor](https://example.org), who runs the cafe.', '',
    '```', '“It is over.” he said.', '```', '',
  }, '\n'))
  local bufnr = edit(path)
  wait('a finding', function()
    return #vim.diagnostic.get(bufnr) > 0
  end)
  local all = vim.diagnostic.get(bufnr)
  same(#all, 1)
  same({ all[1].code, all[1].lnum }, { 'broken-attribution', 8 })
end)

test('the server can be restarted', function()
  local bufnr = edit(DRAFT)
  local old = client(bufnr).id
  vim.cmd.CopydeskRestart()
  wait('another server', function()
    return client(bufnr) and client(bufnr).id ~= old and client(bufnr).initialized
  end)
  wait_for_findings(bufnr, expected_findings())
end)

test('checkhealth finds the binary and the server', function()
  edit(DRAFT)
  vim.cmd('silent checkhealth copydesk')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
  assert(not report:find('ERROR', 1, true) and not report:find('WARN', 1, true), report)
  assert_says(report, 'copydesk ' .. client(vim.fn.bufnr(DRAFT)).server_info.version)
  assert_says(report, 'Server ')
end)

test('the help has its tags', function()
  vim.cmd.helptags('editors/nvim/doc')
  os.remove('editors/nvim/doc/tags')
end)

local failed = 0
for _, case in ipairs(tests) do
  vim.v.errmsg = ''
  local fine, problem = xpcall(function()
    case.body()
    same(vim.v.errmsg, '')
  end, debug.traceback)
  if not fine then
    failed = failed + 1
    io.stdout:write(('FAILED %s\n%s\n'):format(case.name, problem))
  else
    io.stdout:write(('ok %s\n'):format(case.name))
  end
end
io.stdout:write(('nvim: %d passed, %d failed\n'):format(#tests - failed, failed))
io.stdout:flush()
for _, running in ipairs(vim.lsp.get_clients()) do
  running:stop(true)
end
vim.cmd(failed == 0 and 'qall!' or 'cquit!')
