import '@scalpdesk/bots/worker'
