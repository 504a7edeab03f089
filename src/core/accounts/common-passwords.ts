/**
 * What people choose, and guessers therefore try first. Lower case. A long public list would refuse little more at a length
 * of ten and must be kept up; these are the words and rows from which nearly all of such a list is made, in two languages.
 */
export const commonWords: readonly string[] = [
	...["password", "passwort", "passwd", "passw0rd", "p4ssword", "pass", "pwd", "secret", "login", "welcome", "letmein"],
	...["admin", "administrator", "root", "user", "guest", "test", "demo", "default", "changeme", "system", "manager"],
	...["qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "asdf", "zxcvbnm", "zxcvbn", "qazwsx", "1qaz2wsx", "1q2w3e4r5t"],
	...["1q2w3e4r", "q1w2e3r4", "qweasd", "abcdefghij", "abcdef", "abc", "qwe", "asd", "zxc"],
	...["iloveyou", "loveyou", "love", "sunshine", "princess", "dragon", "monkey", "football", "baseball", "superman"],
	...["batman", "master", "shadow", "hello", "freedom", "whatever", "trustno1", "michael", "computer", "internet"],
	...["woaini", "wojiaoni", "aini", "nihao", "wodemima", "mima", "zhongguo", "beijing", "baotou", "shanghai", "taobao"],
	...["weixin", "alipay", "zhifubao", "qq", "wangyi", "zhang", "wang", "xiaoming", "laopo", "laogong", "baobao"],
	...[
		"keepclear",
		"xiaofang",
		"xiaofangche",
		"xiaofangtongdao",
		"firelane",
		"firefighter",
		"police",
		"jingcha",
		"jiaojing",
	],
	...["gongan", "paichusuo", "wuye", "baoan", "camera", "hikvision", "hik", "dahua", "shexiangtou", "jiankong"],
	...[
		"密码",
		"消防",
		"消防车通道",
		"通道",
		"物业",
		"保安",
		"交警",
		"派出所",
		"公安",
		"管理员",
		"我爱你",
		"中国",
		"你好",
	],
];

/** Rows of keys and the alphabet, forwards and backwards: a password that runs along one of them. */
export const rows: readonly string[] = [
	"01234567890123456789",
	"abcdefghijklmnopqrstuvwxyz",
	"qwertyuiopasdfghjklzxcvbnm",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
	"1q2w3e4r5t6y7u8i9o0p",
	"q1w2e3r4t5y6u7i8o9p0",
	"147258369",
	"741852963",
	"5201314",
];
