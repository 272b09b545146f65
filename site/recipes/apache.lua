-- Written by `consentry header`: generate it again when services or hosts change. What a visitor's cookie opens: no text
-- of the cookie gets into what is sent, it only chooses among these rows.

local BASE = ''
local DAYS = 0
-- Whether what runs by law alone opens, too: on the day that the cookie says, and the one after.
local LAW = false
-- A source, the ids that all have to be granted for it, and whether Global Privacy Control keeps it shut.
local TABLE = {}

-- A number of so many digits at most, and the ids behind it, each between dots; nothing for any other shape.
local function list(text, most)
  local digits, ids = text:match('^(%d+)([a-z0-9.-]*)$')
  if not digits or #digits > most or ids:find('^[^.]') or ids:find('%.%.') or ids:find('%.%-') or ids:find('%.$') then return end
  return tonumber(digits), ids .. '.'
end

-- The ids of a cookie in its one right shape that may run now, each between dots; nothing for any other.
local function open(cookies, minutes)
  local mirror
  for one in cookies:gmatch('[^;]+') do
    local value = one:match('^[ \t]*consentry=(.-)[ \t]*$')
    if value and mirror then return end
    mirror = mirror or value
  end
  local said, law = (mirror or ''):match('^(.-)%.~(.*)$')
  local written, ids = list((said or mirror or ''):match('^1%.(.*)$') or '', 10)
  local day, rest = list(law or '', 5)
  if law and not day or not written and not (law and said == '1') then return end
  local granted = written and written <= minutes + 1440 and minutes < written + DAYS * 1440
  local today = LAW and day and math.abs(day - math.floor(minutes / 1440)) <= 1
  return (granted and ids or '') .. (today and rest or '')
end

-- Works the policy out for a request; consentry-header.conf sends it.
function consentry(request)
  if request.uri:find('/consentry%-frame%.html$') then return apache2.DECLINED end
  local headers, minutes = request.headers_in, math.floor(os.time() / 60)
  local ids = open(headers['Cookie'] or '', minutes)
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
