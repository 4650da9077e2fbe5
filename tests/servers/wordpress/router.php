<?php
// For PHP's own web server: files as they are, scripts run, every other address is one of WordPress.
$root = $_SERVER['DOCUMENT_ROOT'];
$path = rtrim(urldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)), '/');
if ($path !== '' && is_file($root . $path)) {
    return false;
}
$script = $path !== '' && is_file("$root$path/index.php") ? "$path/index.php" : '/index.php';
$_SERVER['SCRIPT_NAME'] = $script;
$_SERVER['SCRIPT_FILENAME'] = $root . $script;
$_SERVER['PHP_SELF'] = $script;
chdir(dirname($root . $script));
require $root . $script;
