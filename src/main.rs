use gainsay::claim::*; use gainsay::source::*; use std::sync::Arc; use gainsay::text::token::Vocabulary;
fn strs(v:&serde_yaml::Value)->Vec<String>{ v.as_sequence().map(|s|s.iter().map(|x| match x { serde_yaml::Value::String(s)=>s.clone(), o=>serde_yaml::to_string(o).unwrap().trim().to_string()}).collect()).unwrap_or_default() }
fn load(dir:&str)->Vec<Arc<Claim>>{
 let mut files:Vec<_>=std::fs::read_dir(dir).unwrap().map(|e|e.unwrap().path()).collect(); files.sort(); let mut out=vec![];
 for f in files { let t=std::fs::read_to_string(&f).unwrap(); let y:serde_yaml::Value=serde_yaml::from_str(&t).unwrap(); let src=Arc::new(Source::new(f.display().to_string(),t.clone()));
  let al:Arc<[AliasGroup]>=y["aliases"].as_mapping().map(|m|m.iter().map(|(k,v)|AliasGroup{canonical:k.as_str().unwrap_or("").into(),others:strs(v)}).collect::<Vec<_>>()).unwrap_or_default().into();
  for c in y["claims"].as_sequence().unwrap(){
   let answers= if let Some(m)=c["positions"].as_mapping(){Answers::Positions(m.iter().map(|(k,v)|Position{name:k.as_str().unwrap_or_default().into(),says:v["says"].as_str().unwrap_or_default().into(),phrases:strs(&v["phrases"]),except:strs(&v["except"]),silence:false,denied:None,requires:vec![]}).collect())}
    else if !c["quantity"].is_null(){Answers::Quantity{of:strs(&c["quantity"]["of"]),tolerance:Tolerance::Relative(c["quantity"]["tolerance"].as_str().map(|s|s.trim_end_matches('%').parse::<f64>().unwrap_or(0.)/100.).unwrap_or(0.))}}
    else {Answers::Date{of:strs(&c["date"]["of"]),tolerance_days:31}};
   out.push(Arc::new(Claim{id:c["id"].as_str().unwrap().into(),topic:y["topic"].as_str().unwrap_or("").into(),question:c["question"].as_str().unwrap_or("").into(),about:strs(&c["about"]),reach:Reach::Neighbour,answers,compatible:c["compatible"].as_sequence().map(|s|s.iter().map(|p|{let v=strs(p);(v[0].clone(),v[1].clone())}).collect()).unwrap_or_default(),except:vec![],examples:vec![],aliases:al.clone(),severity:None,source:src.clone(),span:Span::new(0,0)}));
  }}
 out }
fn sents(t:&str)->Vec<(usize,usize)>{
 let mut out=vec![]; let abbr=["a.m","approx","apr","aug","capt","co","col","corp","dec","dept","dr","e.u","est","etc","feb","gen","gov","hon","inc","jan","jr","jul","jun","lt","ltd","maj","mar","mr","mrs","ms","mt","no","nov","oct","p.m","prof","rep","rev","sen","sep","sept","sgt","sr","st","u.k","u.n","u.s","vs"];
 let mut off=0; for line in t.split('\n'){ let b:Vec<(usize,char)>=line.char_indices().collect(); let mut st=0usize; let mut i=0;
  while i<b.len(){ let c=b[i].1; if matches!(c,'.'|'!'|'?'|'…'){ let d0=i; while i+1<b.len()&&matches!(b[i+1].1,'.'|'!'|'?'|'…'){i+=1;} let single=d0==i&&c=='.'; let mut j=i+1; while j<b.len()&&matches!(b[j].1,'"'|'\''|'”'|'’'|')'|']'){j+=1;}
    let mut k=j; while k<b.len()&&b[k].1.is_whitespace(){k+=1;} if k>j&&k<b.len(){ let mut m=k; if matches!(b[m].1,'"'|'\''|'“'|'‘'|'('|'['|'#'|'@')&&m+1<b.len(){m+=1;} let up=b[m].1.is_uppercase()||b[m].1.is_ascii_digit();
      let w:String=line[..b[d0].0].chars().rev().take_while(|c|c.is_alphanumeric()||*c=='.').collect::<Vec<_>>().into_iter().rev().collect(); let wl=w.to_lowercase();
      let ab=single&&(abbr.contains(&wl.as_str())||w.chars().count()==1&&w.chars().all(|c|c.is_alphabetic())||(w.contains('.')&&w.split('.').all(|p|p.len()<=1)));
      if up&&!ab { let e=if j<b.len(){b[j].0}else{line.len()}; out.push((off+st,off+e)); st=b[k].0; i=k; continue; } } }
    i+=1; }
  let s=&line[st..]; let tr=s.trim(); if !tr.is_empty(){ let ls=st+(s.len()-s.trim_start().len()); out.push((off+ls,off+ls+tr.len())); }
  off+=line.len()+1; }
 out }
fn main(){ let a:Vec<String>=std::env::args().collect(); let claims=load(&a[2]); if a.len()>4 { let m=gainsay::matching::matcher::Matcher::new(&claims); m.worker().debug(&a[3],&a[4]); return; } let m=gainsay::matching::matcher::Matcher::new(&claims); let t0=std::time::Instant::now(); let mut w=m.worker(); let mut ms=vec![]; let mut held:std::collections::BTreeMap<(usize,String),std::collections::BTreeSet<String>>=Default::default();
 for l in std::fs::read_to_string(&a[1]).unwrap().lines(){ let v:serde_json::Value=serde_json::from_str(l).unwrap(); let t=v["text"].as_str().unwrap(); let id=v["id"].as_str().unwrap();
  for r in w.raw(t,&sents(t)){ held.entry((r.claim,r.position.clone())).or_default().insert(id.into()); ms.push(serde_json::json!({"id":"","claim":claims[r.claim].id,"position":r.position,"article":id,"start":r.start,"end":r.end,"text":&t[r.start..r.end],"score":r.score,"wording":r.wording})); } }
 let mut dv=vec![]; let keys:Vec<_>=held.keys().cloned().collect(); for x in &keys{ for y in &keys{ if x.0==y.0&&x.1<y.1&&!claims[x.0].is_compatible(&x.1,&y.1){ 
   if let Answers::Quantity{tolerance:Tolerance::Relative(t),..}=&claims[x.0].answers { let (p,q):(f64,f64)=(x.1.parse().unwrap(),y.1.parse().unwrap()); if (p-q).abs()<=t*p.max(q){continue;} }
   dv.push(serde_json::json!({"claim":claims[x.0].id,"sides":[{"position":x.1,"articles":held[x]},{"position":y.1,"articles":held[y]}]})); }}}
 eprintln!("{:?}",t0.elapsed()); println!("{}",serde_json::json!({"matches":ms,"divergences":dv})); let _=Vocabulary::default(); }
