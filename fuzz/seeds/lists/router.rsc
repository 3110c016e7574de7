add chain=forward dst-port=80,\
    443 protocol=tcp
