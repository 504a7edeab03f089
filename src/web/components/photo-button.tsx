import { useRef } from "react";
import { Icon } from "./icon.tsx";

interface PhotoButtonProps {
	readonly label: string;
	/** Why it cannot be pressed now. */
	readonly unfit?: string | undefined;
	/** Of the hidden input and of the button. */
	readonly testIds: { readonly file: string; readonly button?: string };
	readonly onPhoto: (photo: File) => void;
}

/** Opens the device's camera. */
export function PhotoButton({ label, unfit, testIds, onPhoto }: PhotoButtonProps) {
	const input = useRef<HTMLInputElement>(null);
	return (
		<>
			<input
				ref={input}
				type="file"
				hidden
				accept="image/jpeg,image/png"
				capture="environment"
				data-testid={testIds.file}
				onChange={({ target }) => {
					const photo = target.files?.[0];
					if (photo) onPhoto(photo);
					target.value = "";
				}}
			/>
			<button
				type="button"
				className="button"
				disabled={unfit !== undefined}
				title={unfit}
				data-testid={testIds.button}
				onClick={() => input.current?.click()}
			>
				<Icon name="camera" />
				{label}
			</button>
		</>
	);
}
