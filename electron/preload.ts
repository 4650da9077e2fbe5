import { contextBridge } from 'electron'
import { BRIDGE_KEY } from '../shared/contract/contract.ts'

contextBridge.exposeInMainWorld(BRIDGE_KEY, {})
