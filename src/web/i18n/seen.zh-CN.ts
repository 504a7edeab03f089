/** What the worker sees now, and what it would have raised. */
export const zhSeen = {
	seen: {
		show: "显示实时识别",
		waiting: "正在等待边缘节点的画面…",
		late: "已 {{seconds}} 秒没有新画面",
		at: "画面时间 {{clock}}",
		detection: "{{label}} {{percent}}%",
		stands: "#{{id}} 停留 {{dwell}}",
		goods: "堆物 {{dwell}}",
		lane: "{{zone}}：{{state}}",
		count: "识别到 {{count}} 个目标",
	},
	whatIf: {
		ask: "用过去一小时试算",
		asking: "正在试算…",
		answer_one: "按此策略，过去{{span}}会产生 {{count}} 条告警",
		answer_other: "按此策略，过去{{span}}会产生 {{count}} 条告警",
		now: "按当前生效的策略是 {{count}} 条",
		rowNow: "当前",
		rowSupposed: "试算",
		none: "边缘节点还没有这个区域的记录；重启后会重新开始记录。",
		silent: "边缘节点没有应答，请稍后再试。",
		unsaved: "保存区域后才能试算。",
		picture: "过去{{span}}的停留与告警：当前 {{now}} 条，试算 {{supposed}} 条",
		legend: "灰条是停留，红条是占用，竖线是告警时刻。",
	},
};
