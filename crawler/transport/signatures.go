package transport

import "regexp"

// A signature recognises a page by its source or by its visible text. The
// pattern is tried only where one of the hints stands, if there are any: most
// pages have none, and patterns are slow.
type signature struct {
	name  string
	re    *regexp.Regexp
	hints []string // in lower case
}

// challenges are the scripts that stand in the place of a page. A real page may
// carry them too, so they count only where there is hardly any text.
var challenges = []signature{
	{name: "瑞数", re: regexp.MustCompile(`\$_ts\s*=\s*window|window\[['"]\$_ts['"]\]|\$_ts\.(cd|nsd)`)},
	{name: "加速乐", re: regexp.MustCompile(`__jsl_clearance|\bjsl_`)},
	{name: "acw_sc__v2", re: regexp.MustCompile(`acw_sc__v2|arg1\s*=\s*['"][0-9A-F]{40}['"]`)},
	{name: "瑞数 meta", re: regexp.MustCompile(`(?i)<meta\s[^>]*\br=["']?m["']?[^>]*>`)},
	{name: "Cloudflare", re: regexp.MustCompile(`(?i)cdn-cgi/challenge-platform|cf-browser-verification|_cf_chl_opt`)},
	{name: "cookie and reload", re: regexp.MustCompile(`(?s)^\s*<script[^>]*>\s*document\.cookie\s*=.*location`)},
}

// firewalls are phrases of pages that refuse a visitor.
var firewalls = [...]signature{
	{name: "创宇盾", re: regexp.MustCompile(`创宇盾|yunaq\.com|365cyd`), hints: []string{"创宇盾", "yunaq", "365cyd"}},
	{
		name:  "firewall",
		hints: []string{"防火墙", "安全狗", "云防护", "防护系统", "请求", "拦截", "阻断", "拒绝", "频繁", "denied", "blocked"},
		re:    regexp.MustCompile(`(?i)Web应用防火墙|网站防火墙|网站安全狗|云防护|安全防护系统|请求(可能|疑似)?(存在|带有|含有|包含).{0,8}(威胁|攻击|不合法|恶意)|(访问|请求)(已)?被(拦截|阻断|拒绝)|访问过于频繁|Access Denied|Request blocked`),
	},
}

// notFound are phrases of pages that should have had status 404.
var notFound = signature{
	name:  "not found",
	hints: []string{"不存在", "未找到", "找不到", "无法找到", "删除", "失效", "404", "not found"},
	re:    regexp.MustCompile(`(?i)(页面|网页|文件|栏目|文章|地址)(已|可能|或)?(经)?(不存在|未找到|找不到|无法找到|被删除|已删除)|找不到(该|此|您)?.{0,8}(页|文件|资源)|您(所)?(访问|查找|请求)的.{0,6}(不存在|已删除|已失效)|(错误|error|http)[ :：-]*404|404[ :：-]*(错误|error|not found|页面)|^\W*404\W*$|not found|无法找到(该)?(页|网页|文件)`),
}

var (
	logIn     = regexp.MustCompile(`(?i)登录|登陆|统一身份认证|log ?in|sign in`)
	captcha   = regexp.MustCompile(`输入.{0,8}验证码|(?:按住|拖动|滑动|移动).{0,6}(?:滑块|拼图)|滑动(?:验证|完成|以完成)|(?:请|需要?)(?:先)?(?:完成|进行|通过).{0,6}(?:验证|拼图)|人机(?:身份)?验证|点击.{0,6}(?:完成|进行)(?:安全)?验证|图形验证|(?i)captcha|verify you are human`)
	checking  = regexp.MustCompile(`(?i)正在(?:检测|检查|验证|校验)(?:您|你)?的?浏览器|浏览器(?:安全)?(?:检测|检查|验证)中|checking your browser|just a moment|enable javascript and cookies to continue`)
	homePath  = regexp.MustCompile(`(?i)^/?((index|default|main)\.\w+)?$`)
	errorPath = regexp.MustCompile(`(?i)/(404|error|err|notfound|not_found)(\.\w+)?$`)
)

const (
	challengeText = 200  // a challenge has fewer visible characters
	refusalText   = 1000 // so has any page that only says no
)
