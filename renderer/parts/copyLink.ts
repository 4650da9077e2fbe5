import { toast } from '../ui/index.ts'

/** Puts the address of a published post on the clipboard, and says whether that worked. */
export async function copyLink(permalink: string): Promise<void> {
  const copied = await navigator.clipboard.writeText(permalink).then(
    () => true,
    () => false,
  )
  toast({ text: copied ? 'Link copied.' : 'The link could not be copied. Open it, and copy it from the browser.' })
}
