/** What is wrong with a camera, and what a property manager can do about it. */
export const zhCameraProblems = {
	problem: {
		wrong_password: "用户名或密码不对",
		not_found: "摄像机上没有这路码流",
		no_route: "网络不通，找不到摄像机",
		refused: "摄像机拒绝连接",
		timeout: "摄像机没有应答",
		no_video: "连上了，但没有视频",
		unsupported_codec: "视频编码不支持",
		corrupt_stream: "视频数据损坏",
		silent: "摄像机停止发送画面",
		disk: "边缘节点的磁盘有问题",
		unknown: "原因不明",
	},
	problemHint: {
		wrong_password: "请核对摄像机的用户名和密码。连续输错会被摄像机锁定约 30 分钟，不要反复尝试。",
		not_found: "地址中 IP 后面的路径不对，请按摄像机品牌核对通道号和码流，例如 /Streaming/Channels/102。",
		no_route: "请检查 IP 是否正确、摄像机是否通电、网线和交换机是否正常，以及边缘节点能否访问该网段。",
		refused: "IP 有设备但端口不对，或摄像机未开启 RTSP。RTSP 端口一般是 554，请在摄像机后台的网络设置中核对。",
		timeout: "请检查摄像机是否通电、网络是否拥堵；无线网桥请检查信号。也可以试试把传输方式改为 TCP。",
		no_video: "这一路可能只有声音或已停用。请在摄像机后台启用视频，或改用另一路码流。",
		unsupported_codec: "请在摄像机后台把视频编码改为 H.264 或 H.265，并关闭“智能编码 / H.265+”。",
		corrupt_stream: "网络丢包或摄像机故障。请改用 TCP、降低码率，或重启摄像机。",
		silent: "连接还在但没有新画面，系统会自动重连。若反复出现，请重启摄像机或检查网络。",
		disk: "请检查边缘节点的磁盘空间和权限。",
		unknown: "请稍后重试；若一直如此，把下面的技术信息发给维护人员。",
	},
};
