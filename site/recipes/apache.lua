-- Written by `consentry header`: generate it again when services or hosts change. What a visitor's cookie opens: no text
-- of the cookie gets into what is sent, it only chooses among these rows.

local BASE = ''
local DAYS = 0
-- A source, the ids that all have to be granted for it, and whether Global Privacy Control keeps it shut.
local TABLE = {}

-- The ids of a cookie in its one right shape, each between dots; nothing for any other.
local function granted(cookies, minutes)
  local mirror, rest
  for one in cookies:gmatch('[^;]+') do
    local value = one:match('^[ \t]*consentry=(.-)[ \t]*$')
    if value and mirror then return end
    mirror = mirror or value
  end
  local digits, ids = (mirror or ''):match('^1%.(%d+)([a-z0-9.-]*)$')
  local written = tonumber(digits)
  if not written or #digits > 10 or written > minutes + 1440 or written + DAYS * 1440 <= minutes then return end
  if ids:find('^[^.]') or ids:find('%.%.') or ids:find('%.%-') or ids:find('%.$') then return end
  return ids .. '.'
end

-- Works the policy out for a request; consentry-header.conf sends it.
function consentry(request)
  if request.uri:find('/consentry%-frame%.html$') then return apache2.DECLINED end
  local headers, minutes = request.headers_in, math.floor(os.time() / 60)
  local ids = granted(headers['Cookie'] or '', minutes)
  local policy = BASE
  for _, row in ipairs(TABLE) do
    local opens = ids and not (row[3] and headers['Sec-GPC'] == '1')
    for _, id in ipairs(row[2]) do
      opens = opens and ids:find('.' .. id .. '.', 1, true)
    end
    if opens then policy = policy .. ' ' .. row[1] .. ' ws://' .. row[1] end
  end
  request.subprocess_env['CONSENTRY_POLICY'] = policy
  return apache2.OK
end
