//! Who may read what is written: the only place that knows about permission bits.
//!
//! Files are made by `tempfile`, which opens them with `O_EXCL` and 0600.

#[cfg(unix)]
mod system {
    use std::fs::{self, DirBuilder, File, Permissions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
    use std::path::Path;

    /// Makes a folder and its missing parents, for the owner alone.
    pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        fs::set_permissions(path, Permissions::from_mode(0o700))
    }

    /// True where nobody but the owner can look into the folder.
    pub(crate) fn is_private(path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|meta| meta.permissions().mode().trailing_zeros() >= 6)
    }

    /// Takes a folder away from everybody but its owner.
    pub(crate) fn make_private(path: &Path) -> io::Result<()> {
        fs::set_permissions(path, Permissions::from_mode(0o700))
    }

    /// Makes renames inside the folder survive a power cut.
    pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    /// Locks a folder until the file is closed; `WouldBlock` where another process has it.
    pub(crate) fn lock_folder(path: &Path) -> io::Result<File> {
        let folder = File::open(path)?;
        folder.try_lock()?;
        Ok(folder)
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::{self, File};
    use std::io;
    use std::path::Path;

    /// Makes a folder and its missing parents; access is inherited from above.
    pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    /// Not known without reading access lists.
    pub(crate) fn is_private(_path: &Path) -> bool {
        true
    }

    /// Access is inherited from the folder above.
    pub(crate) fn make_private(_path: &Path) -> io::Result<()> {
        Ok(())
    }

    /// Folders cannot be flushed here.
    pub(crate) fn sync_folder(_path: &Path) -> io::Result<()> {
        Ok(())
    }

    /// Locks a folder until the file is closed; `WouldBlock` where another process has it.
    ///
    /// Folders themselves have no locks here: the lock is a file in it that nobody else may open
    /// and that goes with its last handle, after a kill as well.
    #[cfg(windows)]
    pub(crate) fn lock_folder(path: &Path) -> io::Result<File> {
        use std::os::windows::fs::OpenOptionsExt as _;
        const DELETE_ON_CLOSE: u32 = 0x0400_0000;
        const SHARING_VIOLATION: i32 = 32;
        const DELETE_PENDING: i32 = 5;
        let mut options = File::options();
        options.write(true).create(true).share_mode(0).custom_flags(DELETE_ON_CLOSE);
        options.open(path.join(".kagiban-lock.partial")).map_err(|error| {
            match error.raw_os_error() {
                Some(SHARING_VIOLATION | DELETE_PENDING) => io::ErrorKind::WouldBlock.into(),
                _ => error,
            }
        })
    }

    /// Not known.
    #[cfg(not(windows))]
    pub(crate) fn lock_folder(_path: &Path) -> io::Result<File> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

pub(crate) use system::{create_folder, is_private, lock_folder, make_private, sync_folder};
