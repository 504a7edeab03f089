import { useTranslation } from "react-i18next";

/** Paths by the makers' own RTSP documents: sub streams, which suffice for watching a lane. */
const examples = [
	{ make: "hikvision", path: ":554/Streaming/Channels/102" },
	{ make: "dahua", path: ":554/cam/realmonitor?channel=1&subtype=1" },
	{ make: "uniview", path: ":554/media/video2" },
	{ make: "tplink", path: ":554/stream2" },
] as const;

interface AddressExamplesProps {
	/** What stands in the field: its host is kept. */
	readonly typed: string;
	readonly onChoose: (address: string) => void;
}

/** Nobody knows these by heart. */
export function AddressExamples({ typed, onChoose }: AddressExamplesProps) {
	const { t } = useTranslation();
	const host = /^(?:rtsps?:\/\/)?([^\s:/?@]+)/i.exec(typed.trim())?.[1] ?? "192.168.1.64";
	return (
		<details className="address-examples">
			<summary>{t("camera.examples")}</summary>
			<p className="field-hint">{t("camera.examplesHint")}</p>
			<ul>
				{examples.map(({ make, path }) => (
					<li key={make}>
						<button type="button" className="button small" onClick={() => onChoose(`rtsp://${host}${path}`)}>
							{t(`camera.${make}`)} · {t("camera.sub")}
						</button>
						<code>{`rtsp://${host}${path}`}</code>
					</li>
				))}
			</ul>
		</details>
	);
}
