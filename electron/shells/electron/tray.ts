/** The app in the tray of the system: it is there as long as the app goes on without its window. */
import { Menu, nativeImage, Tray } from 'electron'

interface TrayParts {
  /** Path of a picture of 16 to 32 pixels. */
  readonly icon: string
  readonly show: () => void
  readonly quit: () => void
}

/** Gives what shows and takes away the tray's icon. */
export function createTray({ icon, show, quit }: TrayParts): (on: boolean) => void {
  let tray: Tray | null = null
  return (on) => {
    if (on === (tray !== null)) return
    if (!on) {
      tray?.destroy()
      tray = null
      return
    }
    tray = new Tray(nativeImage.createFromPath(icon))
    tray.setToolTip('Outpost publishes what is due')
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open Outpost', click: show },
        { type: 'separator' },
        { label: 'Quit Outpost', click: quit },
      ]),
    )
    tray.on('click', show)
  }
}
