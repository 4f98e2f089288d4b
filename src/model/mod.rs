//! The nouns of the audit. No I/O, no hashing, no decisions.

pub mod account;
pub mod arena;
pub mod column;
pub mod credential;
pub mod day;
pub mod device;
pub mod evidence;
pub mod factor;
pub mod file;
pub mod finding;
pub mod group;
pub mod inventory;
pub mod lang;
pub mod lists;
pub mod password_policy;
pub mod person;
pub mod register;
pub mod remedy;
pub mod report;
pub mod review;
pub mod secret;
pub mod site;
pub mod state;
pub mod tri;
