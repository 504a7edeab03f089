import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { PhotoMoment } from "#contract/guard-api.ts";
import { Icon } from "../../components/icon.tsx";

interface PhotoButtonProps {
	readonly moment: PhotoMoment;
	readonly onPhoto: (photo: File) => void;
}

/** Opens the phone's camera. */
export function PhotoButton({ moment, onPhoto }: PhotoButtonProps) {
	const { t } = useTranslation();
	const input = useRef<HTMLInputElement>(null);
	return (
		<>
			<input
				ref={input}
				type="file"
				hidden
				accept="image/jpeg,image/png"
				capture="environment"
				data-testid={`guard-file-${moment}`}
				onChange={({ target }) => {
					const photo = target.files?.[0];
					if (photo) onPhoto(photo);
					target.value = "";
				}}
			/>
			<button
				type="button"
				className="button"
				data-testid={`guard-photo-${moment}`}
				onClick={() => input.current?.click()}
			>
				<Icon name="camera" />
				{t(`guard.photo_${moment}`)}
			</button>
		</>
	);
}
