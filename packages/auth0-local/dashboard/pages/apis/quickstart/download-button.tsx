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
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
