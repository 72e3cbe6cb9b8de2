import { Button } from '../../../components/button.tsx';

/** Saves a text as a file. */
export function DownloadButton({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <Button icon="download" onClick={() => download(name, text)}>
      Download {name}
    </Button>
  );
}

function download(name: string, text: string): void {
  // As a text it would be saved with .txt behind its name.
  const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
