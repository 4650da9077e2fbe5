<?php
// Installs the site and gives each of its people an application password; says them as JSON.
define('WP_INSTALLING', true);
$address = getenv('SITE_ADDRESS');
$_SERVER += ['HTTP_HOST' => parse_url($address, PHP_URL_HOST) . ':' . parse_url($address, PHP_URL_PORT)];
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
require getenv('SITE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');
wp_install('Outpost test', 'admin', 'admin@example.test', true, '', wp_generate_password());
foreach (['siteurl' => $address, 'home' => $address, 'timezone_string' => 'Europe/Berlin', 'permalink_structure' => '/%year%/%monthnum%/%postname%/', 'comment_previously_approved' => 0] as $name => $value) {
    update_option($name, $value);
}
flush_rewrite_rules(false);
$people = [];
foreach (['author', 'contributor'] as $role) {
    $id = wp_insert_user(['user_login' => $role, 'user_pass' => wp_generate_password(), 'user_email' => "$role@example.test", 'role' => $role]);
    [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'Outpost']);
    $people[$role] = $password;
}
echo json_encode($people);
