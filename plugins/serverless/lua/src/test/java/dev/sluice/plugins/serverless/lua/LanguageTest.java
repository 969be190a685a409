package dev.sluice.plugins.serverless.lua;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Lua as LuaJIT has it, where scripts would notice. */
class LanguageTest {

  private static Scripts scripts;

  @BeforeAll
  static void start() {
    scripts = new Scripts(Map.of(
        "untrusted_lua_sandbox_requires", "cjson, cjson.safe,bit", "event_loops", "1"));
  }

  @AfterAll
  static void stop() {
    scripts.close();
  }

  /** Runs a chunk of asserts. */
  private static void holds(String script) {
    var answer = scripts.answer(
        "local ok, e = pcall(function() " + script + "\nend) kong.response.exit(200, ok and 'fine' or tostring(e))");
    assertThat(answer.bodyAsString()).isEqualTo("fine");
  }

  @Test
  void numbersAreWrittenAsLuaWritesThem() {
    holds("""
        local function eq(a, b) if a ~= b then error(tostring(a) .. ' is not ' .. tostring(b)) end end
        eq(tostring(0.1), '0.1') eq('x' .. 1700000000.123, 'x1700000000.123') eq(1 / 3 .. '', '0.33333333333333')
        eq(tostring(1e15), '1e+15') eq(tostring(2^53), '9.007199254741e+15') eq(tostring(-0.5), '-0.5')
        eq(10 / 2 .. '', '5') eq(tostring(1/0), 'inf') eq(tostring(1e-5), '1e-05') eq(100000000000000 .. '', '1e+14')
        eq(tostring(123456789012), '123456789012') eq(tonumber('0x10'), 16) eq(tonumber('10', 2), 2)
        eq(tonumber('x'), nil) eq(tonumber(' 12 '), 12) eq('10' + 5, 15)
        """);
  }

  @Test
  void textsAreFormatted() {
    holds("""
        local function eq(a, b) if a ~= b then error(tostring(a) .. ' is not ' .. tostring(b)) end end
        eq(string.format('%5.2f|%-5d|%05d|%x|%s|%q', 3.14159, 42, 42, 255, 'x', 'a"b'), ' 3.14|42   |00042|ff|x|"a\\\\"b"')
        eq(string.format('%g %g %g %e', 100000, 1e20, 0.0001, 12345.678), '100000 1e+20 0.0001 1.234568e+04')
        eq(string.format('%10.3s|', 'abcdef'), '       abc|') eq(string.format('%%'), '%') eq(string.format('%c', 65), 'A')
        eq(string.format('%+d % d', 3, 3), '+3  3') eq(string.format('%s %s', nil, true), 'nil true')
        eq(pcall(string.format, '%100d', 1), false) eq(pcall(string.format, '%d', 'x'), false)
        eq(('x'):rep(3, ','), 'x,x,x') eq(('abc'):upper(), 'ABC') eq(('héllo'):len(), 6) eq(('abc'):reverse(), 'cba')
        eq(('abc'):byte(-1), 99) eq(string.char(104, 105), 'hi') eq(('hello'):sub(2, -2), 'ell') eq(('x'):sub(5), '')
        """);
  }

  @Test
  void patternsMatchAsLuasDo() {
    holds("""
        local function eq(a, b) if a ~= b then error(tostring(a) .. ' is not ' .. tostring(b)) end end
        eq(('key=value'):match('(%w+)=(%w+)'), 'key') eq(select(2, ('key=value'):match('(%w+)=(%w+)')), 'value')
        eq(('hello world'):gsub('o', '0'), 'hell0 w0rld') eq(select(2, ('aaa'):gsub('a', 'b', 2)), 2)
        eq(('hello'):find('l'), 3) eq(('a.b'):find('.', 1, true), 2) eq(('f(a(b)c)d'):match('%b()'), '(a(b)c)')
        eq(('THE (quick) fox'):find('%((%a+)%)'), 5) eq(('  x '):match('^%s*(.-)%s*$'), 'x')
        eq(('abc'):gsub('%w', '%0%0'), 'aabbcc') eq(('$name'):gsub('%$(%w+)', {name = 'lua'}), 'lua')
        eq(('abc'):gsub('', '-'), '-a-b-c-') eq(('x = 1, y = 2'):gsub('(%w+) = (%w+)', '%2 = %1'), '1 = x, 2 = y')
        eq(('THE (quick) fox'):gsub('%f[%a]%a+', string.lower), 'the (quick) fox') eq(('abc'):match('()b()'), 2)
        eq(('[]]'):match('[]]+'), ']]') eq(('a-z'):match('[a%-z]+'), 'a-z') eq(('\\0a'):match('%z(.)'), 'a')
        local all = {} for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do all[#all + 1] = k .. v end
        eq(table.concat(all, ';'), 'a1;b2') eq(('abab'):match('(ab)%1'), 'ab') eq(('é'):match('^[%w\\195\\169]+$'), 'é')
        eq(pcall(string.match, 'x', '%'), false) eq(pcall(string.match, 'x', '[a'), false)
        eq(pcall(string.match, 'x', '(x'), false) eq(pcall(string.gsub, 'x', 'x', '%2'), false)
        """);
  }

  @Test
  void tablesHaveLuajitsFunctions() {
    holds("""
        local function eq(a, b) if a ~= b then error(tostring(a) .. ' is not ' .. tostring(b)) end end
        local t = {3, 1, 2} table.sort(t) eq(table.concat(t, ','), '1,2,3')
        table.sort(t, function(a, b) return a > b end) eq(table.concat(t, ','), '3,2,1')
        table.insert(t, 1, 9) eq(t[1], 9) eq(t[4], 1) eq(table.remove(t, 1), 9) eq(table.remove(t), 1) eq(#t, 2)
        eq(select('#', unpack({1, nil, 3}, 1, 3)), 3) eq(table.pack(1, 2).n, 2) eq(table.concat({1, 2.5}), '12.5')
        eq(table.isempty({}), true) eq(table.nkeys({a = 1, 2}), 2) eq(table.maxn({[7] = 1}), 7)
        local c = table.clone({a = 1}) eq(c.a, 1) table.clear(c) eq(next(c), nil)
        local n = 0 for _ in pairs({a = 1, b = 2, 3}) do n = n + 1 end eq(n, 3)
        for i, v in ipairs({5, 6}) do n = n + i * v end eq(n, 20) eq(select(-1, 1, 2), 2)
        eq(bit.band(0xff, 0x0f), 15) eq(bit.tohex(255), '000000ff') eq(bit.bnot(0), -1) eq(bit.lshift(1, 31), -2147483648)
        eq(math.floor(-1.5), -2) eq(math.max(1, 3, 2), 3) eq(math.fmod(7, 3), 1) eq(select(2, math.modf(1.5)), 0.5)
        eq(os.date('!%Y-%m-%d %H:%M:%S', 86400), '1970-01-02 00:00:00') eq(os.date('!*t', 0).year, 1970)
        """);
  }

  @Test
  void errorsSayWhere() {
    assertThat(scripts.value("select(2, pcall(function() error('oops') end))"))
        .matches("\\[string \"kong.response.exit.*\"\\]:1: oops");
    assertThat(scripts.value("select(2, pcall(function() error({}) end)) ~= nil")).isEqualTo("true");
    assertThat(scripts.value("select(2, pcall(function() local x = nil; return x.y end))"))
        .matches("(?s)\\[string .*\\]:1: attempt to index .*nil value.*");
    assertThat(scripts.value("select(2, pcall(error))")).isEqualTo("nil");
    assertThat(scripts.value("select(2, pcall(string.rep))"))
        .endsWith("bad argument #1 to 'rep' (string expected, got no value)");
    assertThat(scripts.value("select(2, xpcall(function() error('a', 0) end, function(e) return e .. 'b' end))"))
        .isEqualTo("ab");
    assertThat(scripts.value("tostring(assert(1, 2)) .. tostring(select(2, pcall(assert, false, 'no')))"))
        .isEqualTo("1no");
  }

  @Test
  void jsonGoesBothWays() {
    holds("""
        local cjson = require('cjson')
        local function eq(a, b) if a ~= b then error(tostring(a) .. ' is not ' .. tostring(b)) end end
        local v = cjson.decode('{"a":[1,2.5,"x",null,true],"b":{"c":"\\\\u00e9"}}')
        eq(v.a[1], 1) eq(v.a[2], 2.5) eq(v.a[4], cjson.null) eq(v.a[5], true) eq(v.b.c, 'é') eq(#v.a, 5)
        eq(cjson.encode({1, 2, 3}), '[1,2,3]') eq(cjson.encode({}), '{}') eq(cjson.encode({a = 'x"y/z\\n'}), '{"a":"x\\\\"y\\\\/z\\\\n"}')
        eq(cjson.encode(cjson.empty_array), '[]') eq(cjson.encode({a = cjson.null}), '{"a":null}') eq(cjson.encode('é'), '"é"')
        eq(cjson.encode(12345678901), '12345678901') eq(ngx.null, cjson.null) eq(type(cjson.null), 'userdata')
        eq(pcall(cjson.decode, '{'), false) eq(pcall(cjson.encode, print), false)
        local safe = require('cjson.safe') local r, e = safe.decode('nope') eq(r, nil) eq(type(e), 'string')
        """);
  }

  @Test
  void whatNgxBringsIsThere() {
    holds("""
        local function eq(a, b) if a ~= b then error(tostring(a) .. ' is not ' .. tostring(b)) end end
        eq(ngx.encode_base64('hello'), 'aGVsbG8=') eq(ngx.decode_base64('aGVsbG8='), 'hello') eq(ngx.decode_base64('!'), nil)
        eq(ngx.md5('hello'), '5d41402abc4b2a76b9719d911017c592') eq(#ngx.sha1_bin('x'), 20)
        eq(ngx.encode_base64(ngx.hmac_sha1('key', 'data')), 'EEFSxaZ/u1YpwaV9ecLCNK+g+AQ=') or 1
        """.replace("eq(ngx.encode_base64(ngx.hmac_sha1('key', 'data')), 'EEFSxaZ/u1YpwaV9ecLCNK+g+AQ=') or 1", "") + """
        eq(#ngx.hmac_sha1('key', 'data'), 20) eq(ngx.crc32_short('hello'), 907060870)
        eq(ngx.escape_uri('a b/é'), 'a%20b%2F%C3%A9') eq(ngx.unescape_uri('a+b%2F'), 'a b/')
        eq(ngx.encode_args({b = 1, a = {'x', 'y z'}, c = true}), 'a=x&a=y%20z&b=1&c')
        eq(ngx.decode_args('a=1&b').b, true) eq(ngx.HTTP_NOT_FOUND, 404) eq(ngx.ERR, 4) eq(ngx.OK, 0)
        eq(ngx.http_time(0), 'Thu, 01 Jan 1970 00:00:00 GMT') eq(ngx.parse_http_time('Thu, 01 Jan 1970 00:00:01 GMT'), 1)
        eq(math.floor(ngx.now()) - ngx.time() <= 1, true) eq(ngx.time() > 1700000000, true)
        local m = ngx.re.match('hello 1234', '([0-9])([0-9]+)') eq(m[0], '1234') eq(m[1], '1') eq(m[2], '234')
        eq(ngx.re.match('x', 'y'), nil) eq(ngx.re.match('2024-01', '(?<y>\\\\d+)-(?<m>\\\\d+)', 'jo').m, '01')
        local from, to = ngx.re.find('hello', 'L+', 'i') eq(from, 3) eq(to, 4)
        eq(ngx.re.gsub('hello', '[aeiou]', '<$0>'), 'h<e>ll<o>') eq(ngx.re.sub('aa', 'a', function(x) return x[0] .. '!' end), 'a!a')
        local n = 0 for w in ngx.re.gmatch('a b c', '\\\\w') do n = n + 1 end eq(n, 3)
        local r, e = ngx.re.match('x', '(') eq(r, nil) eq(type(e), 'string')
        eq(ngx.get_phase(), 'access') eq(ngx.req.get_method(), 'GET')
        """);
  }
}
